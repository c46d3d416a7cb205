/* Streamlit takes the text of one file: this one fetches the others, once a version. */
const VERSION = "{version}";
const PLEASE_RELOAD = "Brickyard could not be loaded. Please reload this page.";

const address = (query) =>
  new URL(`brickyard/${VERSION}/{main}${query}`, document.baseURI).href;

// A failed import stays failed in a page: the second try needs another address.
const main = import(address("")).catch(() => import(address("?again")));

export default async function (component) {
  try {
    return (await main).mount(component);
  } catch (problem) {
    console.warn(problem);
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.textContent = component.data?.reload ?? PLEASE_RELOAD;
    component.parentElement.replaceChildren(line);
    return () => line.remove();
  }
}
