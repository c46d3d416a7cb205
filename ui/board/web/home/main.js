/** The door of the Take home view's panel: it is mounted here. */

import { mounting } from "../lease.js";
import { Home } from "./home.js";

/** Mount the panel, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Home(parent));
