/** The door of the Variants view: its panel is mounted here. */

import { mounting } from "../lease.js";
import { Variants } from "./variants.js";

/** Mount the panel, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Variants(parent));
