/** The door of the Data view: its panels are mounted here. */

import { mounting } from "../lease.js";
import { Chooser } from "./chooser.js";
import { Sheet } from "./sheet.js";

const PANELS = { chooser: Chooser, sheet: Sheet };

/** Mount a panel, or give a mounted one its next answer. */
export const mount = mounting((parent, data) => new PANELS[data?.panel ?? "chooser"](parent));
