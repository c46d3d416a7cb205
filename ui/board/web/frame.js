/** Which part stands where: palette, board, and the side with settings and code. */

import { el, mark } from "./dom.js";
import { t } from "./words.js";

const WIDTHS = [[1700, "wide"], [1120, "usual"], [900, "small"], [0, "narrow"]]; // pixels

/** The elements of a workbench, in reading order. */
export function frame(bench) {
  const { notices, board, palette, toolbar, strip } = bench;
  if (bench.readonly) return [board.element, notices.live];
  const middle = el("section", { class: "middle", "aria-label": t("Board") });
  middle.append(toolbar.element, notices.element, board.element, strip.element);
  const tabs = new Tabs(bench);
  bench.tabs = tabs;
  return [palette.element, middle, tabs.element, notices.live];
}

/**
 * Fit the workbench into the page: down to the window's edge wherever it begins, and
 * narrow, usual or wide by its own width.
 */
export function measure(root) {
  const { top, width } = root.getBoundingClientRect();
  const above = Math.max(0, Math.round(top + scrolled(root)));
  root.style.setProperty("--above", `${above}px`);
  root.dataset.width = WIDTHS.find(([least]) => width >= least)[1];
}

function scrolled(root) {
  const host = root.getRootNode().host ?? root;
  return host.closest("[data-testid=stMain]")?.scrollTop ?? window.scrollY;
}

/** The tabs of the side; on a narrow page the palette becomes one of them. */
class Tabs {
  constructor(bench) {
    this.bench = bench;
    this.panels = {
      bricks: [t("Bricks"), bench.palette.element],
      settings: [t("Settings"), bench.inspector.element],
      code: [t("Code"), bench.code.element],
      ideas: [t("Ideas"), bench.ideas.element],
    };
    this.bar = el("div", { class: "tabs", role: "tablist", "aria-label": t("Side") });
    this.tabs = Object.entries(this.panels).map(([name, [label]]) => this.tab(name, label));
    this.bar.append(...this.tabs);
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.element = el("section", { class: "side", "aria-label": t("Brick and code") });
    this.element.append(this.bar, bench.inspector.element, bench.ideas.element, bench.code.element);
    this.show("settings");
  }

  tab(name, label) {
    const press = () => this.show(name);
    const traits = { type: "button", role: "tab", "data-tab": name, onclick: press };
    return el("button", { ...traits, text: label });
  }

  /** How many things a tab has to show: said on it. */
  count(name, number) {
    const tab = this.tabs.find(({ dataset }) => dataset.tab === name);
    mark(tab, "data-count", number || null);
  }

  show(name) {
    this.current = name;
    mark(this.bench.root, "data-tab", name);
    for (const tab of this.tabs) {
      const here = tab.dataset.tab === name;
      mark(tab, "aria-selected", String(here));
      mark(tab, "tabindex", here ? "0" : "-1");
    }
    if (name === "code") this.bench.code.reveal();
  }

  /** The palette is a tab where the page is narrow, and only there. */
  fit() {
    const narrow = this.bench.root.dataset.width === "narrow";
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    if (narrow) this.show("bricks");
    else if (this.current === "bricks") this.show("settings");
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const seen = this.tabs.filter((tab) => tab.offsetParent !== null);
    const at = seen.findIndex((tab) => tab.dataset.tab === this.current);
    const next = seen[(at + step + seen.length) % seen.length];
    this.show(next.dataset.tab);
    next.focus();
    event.preventDefault();
  }
}
