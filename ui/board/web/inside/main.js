/** The door of the Inside view's panel: it is mounted here. */

import { mounting } from "../lease.js";
import { Inside } from "./inside.js";

/** Mount the panel, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Inside(parent));
