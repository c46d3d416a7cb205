/** The door: Streamlit mounts the workbench here, and comes again with each answer. */

import { Workbench } from "./workbench.js";

const benches = new WeakMap();

// Between two answers Streamlit may call the cleanup of a call that came too late.
const GRACE = 60;

/**
 * Mount the workbench, or give a mounted one its next answer.
 * @param {Object} component Streamlit's `{data, parentElement, setStateValue, ...}`
 * @returns {() => void} cleanup
 */
export function mount(component) {
  const parent = component.parentElement;
  const bench = benches.get(parent) ?? new Workbench(parent);
  benches.set(parent, bench);
  bench.lease = (bench.lease ?? 0) + 1;
  const lease = bench.lease;
  bench.answer(component);
  return () => setTimeout(() => release(parent, bench, lease), GRACE);
}

function release(parent, bench, lease) {
  if (bench.lease !== lease) return;
  benches.delete(parent);
  bench.leave();
}
