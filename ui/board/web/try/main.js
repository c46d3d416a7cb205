/** The door of the Try view's panel: it is mounted here. */

import { mounting } from "../lease.js";
import { Try } from "./try.js";

/** Mount the panel, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Try(parent));
