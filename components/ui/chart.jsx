// Small charts as SVG: bars for sums, lines for levels, with a scale, times below, and the values under the pointer.
// What a chart says stands in its title too, for those who hear it.
import { createElement as h, useEffect, useId, useRef, useState } from "react";

const FIRST_WIDTH = 460;
const HEIGHT = 132;
const LEFT = 46;
const FOOT = 18;
const TOP = 8;

const two = (number) => String(number).padStart(2, "0");
const clock = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;

export function words(unit, value) {
  if (value === null || value === undefined) return "–";
  if (unit === "seconds") return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`;
  if (unit === "count") return value.toLocaleString("en");
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${scaled < 10 && power ? scaled.toFixed(1) : Math.round(scaled)} ${units[power]}`;
}

/** The first of some round numbers that is no less; of what is counted, the half of it can be counted, too. */
export function ceiling(value, unit) {
  if (!(value > 0)) return unit === "seconds" ? 0.01 : unit === "bytes" ? 1e6 : 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const round = unit === "count" ? [1, 2, 4, 10] : [1, 2, 2.5, 5, 10];
  const found = round.find((one) => one * power >= value) * power;
  return unit === "count" ? Math.max(4, found) : found;
}

/** Runs of known points as one path; what is not known is left open, and a point by itself is a dot. */
export function path(points, x, y) {
  const known = (place) => points[place] !== null && points[place] !== undefined;
  return points
    .map((value, place) => {
      if (!known(place)) return "";
      const step = `${known(place - 1) ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
      return known(place - 1) || known(place + 1) ? step : `${step}h.01`;
    })
    .join("");
}

/** How wide an element is, in pixels, so that letters keep their size. */
function useWidth() {
  const element = useRef(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(200, Math.round(entry.contentRect.width))));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return [element, width];
}

export function Chart({ title, said, unit, kind, lines: given, begins, step }) {
  const lines = JSON.parse(given);
  const count = lines[0]?.points.length ?? 0;
  const most = ceiling(Math.max(0, ...lines.flatMap(({ points }) => points.map((one) => one ?? 0))), unit);
  const [at, setAt] = useState(null);
  const [zoned, setZoned] = useState(false);
  useEffect(() => setZoned(true), []);
  const [svg, width] = useWidth();
  const name = useId();
  const slot = (width - LEFT) / Math.max(1, count);
  const x = (place) => LEFT + slot * (place + 0.5);
  const y = (value) => TOP + (HEIGHT - TOP) * (1 - value / most);
  const time = (place) => new Date(Date.parse(begins) + place * step * 60000);
  const point = (event) => {
    const box = svg.current.getBoundingClientRect();
    const place = Math.floor((((event.clientX - box.left) / box.width) * width - LEFT) / slot);
    setAt(place >= 0 && place < count ? place : null);
  };
  const shown = at === null ? lines.map(({ points }) => points.findLast((one) => one !== null)) : lines.map(({ points }) => points[at]);
  return h(
    "figure",
    { className: "chart", "data-kind": kind },
    h(
      "figcaption",
      null,
      h("span", { className: "chart-title" }, title),
      h("span", { className: "chart-at" }, at === null || !zoned ? "" : clock(time(at))),
      lines.map((line, place) =>
        h("span", { key: line.name, className: "chart-value", "data-line": place }, lines.length > 1 && `${line.name} `, h("b", null, words(unit, shown[place]))),
      ),
    ),
    h(
      "svg",
      { ref: svg, viewBox: `0 0 ${width} ${HEIGHT + FOOT}`, height: HEIGHT + FOOT, role: "img", "aria-labelledby": name, onPointerMove: point, onPointerLeave: () => setAt(null) },
      h("title", { id: name }, said),
      [0, 0.5, 1].map((part) =>
        h(
          "g",
          { key: part, className: "chart-scale" },
          h("line", { x1: LEFT, x2: width, y1: y(most * part), y2: y(most * part) }),
          h("text", { x: LEFT - 6, y: y(most * part) + 3.5, textAnchor: "end" }, words(unit, most * part)),
        ),
      ),
      at !== null && h("line", { className: "chart-here", x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT }),
      lines.map(({ name: line, points }, place) =>
        h("g", { key: line, "data-line": place, className: "chart-line" }, kind === "bars" ? bars(points, slot, x, y, at) : h("path", { d: path(points, x, y) })),
      ),
      zoned && times(count).map((place) => h("text", { key: place, className: "chart-time", x: x(place), y: HEIGHT + FOOT - 4, textAnchor: "middle" }, clock(time(place)))),
    ),
  );
}

function bars(points, slot, x, y, at) {
  const wide = Math.max(1, slot - 1.5);
  return points.map(
    (value, place) =>
      value > 0 && h("rect", { key: place, x: x(place) - wide / 2, y: y(value), width: wide, height: Math.max(1, y(0) - y(value)), "data-at": place === at ? "" : undefined }),
  );
}

/** Five places that carry a time, away from the ends. */
const times = (count) => (count < 5 ? [] : [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(count * part)));

/** Calls once a minute while somebody looks. */
export function EachMinute({ onTick }) {
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && onTick(), 60000);
    return () => clearInterval(timer);
  }, []);
  return null;
}
