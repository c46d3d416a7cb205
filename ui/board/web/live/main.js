/** The door of the Train view's panel: it is mounted here. */

import { mounting } from "../lease.js";
import { Live } from "./live.js";

/** Mount the panel, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Live(parent));
