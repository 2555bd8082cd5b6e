/** Makes an element. What is inside becomes text, whatever it looks like. */
function make(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...inside.filter(part => part !== null));
  return element;
}

const whole = number => number.toLocaleString("en");
const digits = (number, count) => number === null ? "–" : number.toFixed(count);
/** Four digits behind the point; of very large and very small numbers as many that count. */
const figure = number => number === null ? "–"
  : number !== 0 && (Math.abs(number) < 1e-3 || Math.abs(number) >= 1e6) ? number.toExponential(3)
  : number.toFixed(4);
const percent = (part, all) => (100 * part / all).toFixed(2) + " %";

function duration(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min`
    : minutes > 0 ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${seconds.toFixed(1)} s`;
}

function section(title, aside, ...inside) {
  return make("section", {}, make("div", {class: "head"}, make("h2", {}, title), aside), ...inside);
}

const note = text => make("span", {class: "quiet small"}, text);
const tile = (value, name) => make("div", {class: "tile"}, make("b", {}, value), note(name));
/** In which direction a measure gets better; nothing where that is not known. */
const direction = higherIsBetter => higherIsBetter === null ? null : note(higherIsBetter ? "higher is better" : "lower is better");

// Curves

/** False where the chart library was not there when the page was written; its place then has the text that curves have beside them. */
const hasCharts = typeof Chart !== "undefined";
const charts = [];
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
/** What stands in place of charts that are not there, with what else there is to say. */
const withoutCharts = (what, rest = "") => hasCharts ? null
  : make("p", {class: "banner running"}, `There are no ${what}: Chart.js draws them, and was not there when this was written.${rest}`);
const points = (curve, at = x => x) => curve.x.map((x, i) => ({x: at(x), y: curve.y[i] === null ? NaN : curve.y[i]}));
const end = curve => curve.y.length === 0 ? null : curve.y[curve.y.length - 1];

/** Where a measure was at its best, by its direction; null where that is not known, or nothing was measured. */
function best(curve, higherIsBetter) {
  let at = -1;
  if (higherIsBetter !== null) {
    curve.y.forEach((y, i) => {
      if (y !== null && (at < 0 || (higherIsBetter ? y > curve.y[at] : y < curve.y[at]))) {
        at = i;
      }
    });
  }
  return at < 0 ? null : {value: curve.y[at], epoch: curve.x[at]};
}

/** A line; few points are marked, many are not. How it is painted, and what else it has, comes with the rest. */
function line(label, data, width, rest) {
  return {label, data, borderWidth: width, pointRadius: data.length > 40 ? 0 : 2.5, pointHitRadius: 8, ...rest};
}

function paint(chart) {
  for (const dataset of chart.data.datasets) {
    dataset.borderColor = dataset.backgroundColor = dataset.paint ? dataset.paint() : colour(dataset.colourName);
  }
  chart.options.color = colour("--text");
  for (const scale of Object.values(chart.options.scales)) {
    scale.grid.color = colour("--line");
    scale.ticks.color = scale.title.color = colour("--quiet");
  }
}

const axis = (text, type = "linear") => ({type, grid: {}, ticks: {maxTicksLimit: 11}, title: {display: text !== "", text}});

function draw(id, datasets, {type = "line", x = {...axis("epoch"), min: 0}, y = axis(""), plugins = {}, interaction = {}} = {}) {
  if (!hasCharts) {
    return null;
  }
  const chart = new Chart(document.getElementById(id), {
    type,
    data: {datasets},
    options: {
      animation: false, parsing: false, normalized: true, maintainAspectRatio: false, // so x have to be in order
      interaction: {mode: "nearest", axis: "x", intersect: false, ...interaction},
      plugins: {legend: {display: datasets.length > 1, labels: {boxWidth: 14, boxHeight: 2}}, ...plugins},
      scales: {x, y},
    },
  });
  charts.push(chart);
  paint(chart);
  chart.update();
  return chart;
}

/** A box by which some charts change to a logarithmic scale and back. */
function logScale(list) {
  const box = make("input", {type: "checkbox", id: "log-scale"});
  box.addEventListener("change", () => {
    for (const chart of list) {
      chart.options.scales.y.type = box.checked ? "logarithmic" : "linear";
      chart.update();
    }
  });
  return box;
}

function chartSection(id, title, aside, alternative) {
  return section(title, aside, hasCharts
    ? make("div", {class: "chart"}, make("canvas", {id, role: "img", "aria-label": alternative}))
    : note(alternative));
}

// Tables

function table(names, rows, texts = 1) {
  const cell = (name, value, i) => make(name, i < texts ? {} : {class: "number"}, value);
  return make("div", {class: "scroll"}, make("table", {},
    make("thead", {}, make("tr", {}, ...names.map((text, i) => cell("th", text, i)))),
    make("tbody", {}, ...rows.map(row => make("tr", {}, ...row.map((value, i) => cell("td", value, i)))))));
}

/**
 * A table that is sorted by a click on a column's name, and once more the other way round. A cell is what it shows and
 * what it is sorted by; where that is no number, or nothing, it comes last.
 */
function sortable(id, columns, rows, caption) {
  const body = make("tbody", {});
  const heads = columns.map((column, i) => {
    const button = make("button", {type: "button"}, column.name);
    const head = make("th", {scope: "col", "aria-sort": "none", ...(column.number ? {class: "number"} : {})}, button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") === "ascending" || (head.getAttribute("aria-sort") === "none" && column.higherIsBetter === true)
        ? "descending" : "ascending";
      heads.forEach(other => other.setAttribute("aria-sort", other === head ? up : "none"));
      order(i, up === "ascending" ? 1 : -1);
    });
    return head;
  });
  const isNothing = key => key === null || key === undefined || key === "";
  function compare(a, b) {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y)
      ? (Number.isNaN(x) && Number.isNaN(y) ? String(a).localeCompare(String(b), "en") : Number.isNaN(x) ? 1 : -1)
      : x - y;
  }
  function order(column, sign) {
    const sorted = [...rows].sort((a, b) => {
      const [x, y] = [a.cells[column].key, b.cells[column].key];
      return isNothing(x) || isNothing(y) ? isNothing(x) - isNothing(y) : sign * compare(x, y);
    });
    body.replaceChildren(...sorted.map(row => row.element));
  }
  for (const row of rows) {
    row.element = make("tr", row.attributes || {}, ...row.cells.map((cell, i) =>
      make("td", {class: [columns[i].number ? "number" : "", cell.best ? "best" : ""].join(" ").trim(), ...(cell.title ? {title: cell.title} : {})}, cell.show)));
    body.append(row.element);
  }
  return make("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
    make("table", {id, class: "sortable"}, make("thead", {}, make("tr", {}, ...heads)), body));
}

function repaint() {
  for (const chart of charts) {
    paint(chart);
    chart.resize();
    chart.update();
  }
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
matchMedia("print").addEventListener("change", repaint); // paper is light, whatever the screen is
