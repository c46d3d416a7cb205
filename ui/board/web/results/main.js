/** The door of the Results view: its panel is mounted here. */

import { mounting } from "../lease.js";
import { Results } from "./results.js";

/** Mount the panel, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Results(parent));
