import "../styles/main.css";
import htmx from "htmx.org";
import "./chart";
import "./entry-grid";
import "./map/county-map";
import { linkTextAndRows } from "./links";
import { linkUnits } from "./units";
import { prepareControls } from "./controls";
import { reachByKeyboard } from "./scrollable";
import { makeSortable } from "./sortable";
import { followSelects } from "./time-slide";
import { prepareShortcuts } from "./shortcuts";

// The page's policy forbids style in the page and evaluated script; htmx needs neither.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;
// A form whose fields have problems comes back with 422: it is shown like any other answer.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..|422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

document.documentElement.classList.add("js");
const prepare = (root: ParentNode): void => {
  prepareControls(root);
  linkTextAndRows(root);
  linkUnits(root);
  makeSortable(root);
  followSelects(root);
  reachByKeyboard(root);
};
prepare(document);
prepareShortcuts();
htmx.onLoad((element) => {
  if (element !== document.body && element instanceof HTMLElement) prepare(element);
});
