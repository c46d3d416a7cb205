/** Mounting: Streamlit calls with each answer, and cleans up calls that came too late. */

// Between two answers Streamlit may call the cleanup of a call that came too late.
const GRACE = 60;

/**
 * The function that Streamlit mounts with: the same thing in the same place gets each
 * answer; one that no call holds any more leaves.
 * @param {(parent: Element, data: Object) => {answer: Function, leave: Function}} make
 * @returns {(component: Object) => () => void}
 */
export function mounting(make) {
  const things = new WeakMap();
  return (component) => {
    const parent = component.parentElement;
    const thing = things.get(parent) ?? make(parent, component.data);
    things.set(parent, thing);
    thing.lease = (thing.lease ?? 0) + 1;
    const { lease } = thing;
    thing.answer(component);
    return () => setTimeout(() => {
      if (thing.lease !== lease) return;
      things.delete(parent);
      thing.leave();
    }, GRACE);
  };
}
