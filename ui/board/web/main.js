/** The door: Streamlit mounts the workbench here, and comes again with each answer. */

import { mounting } from "./lease.js";
import { Workbench } from "./workbench.js";

/** Mount the workbench, or give a mounted one its next answer. */
export const mount = mounting((parent) => new Workbench(parent));
