/** The door of the Compare view: its panels are mounted here. */

import { mounting } from "../lease.js";
import { Runs } from "./runs.js";
import { Towers } from "./towers.js";

const PANELS = { runs: Runs, towers: Towers };

/** Mount a panel, or give a mounted one its next answer. */
export const mount = mounting((parent, data) => new PANELS[data?.panel ?? "runs"](parent));
