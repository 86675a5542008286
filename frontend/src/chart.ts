import { BarChart } from "echarts/charts";
import { GridComponent, TooltipComponent, AriaComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type Board, pageData } from "./board";

echarts.use([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const INK = "#1d2a35";
const BAR = "#3b7ea8";
const CHOSEN = "#b35c1e";

/** `<tc-chart data="id">`: one bar a unit in official order, linked with map and table through `tc-select`. */
class TcChart extends HTMLElement {
  static readonly observedAttributes = ["selected"];
  #chart: echarts.ECharts | null = null;
  #board: Board | null = null;
  #resize: ResizeObserver | null = null;

  connectedCallback(): void {
    this.#board = pageData<Board>(this.getAttribute("data"));
    if (!this.#board) return;
    this.#chart = echarts.init(this, null, { renderer: "svg" });
    this.#chart.on("click", (event) => {
      const unit = this.#board?.units[event.dataIndex];
      if (unit) this.dispatchEvent(new CustomEvent("tc-select", { detail: unit.code }));
    });
    this.#draw();
    this.#resize = new ResizeObserver(() => this.#chart?.resize());
    this.#resize.observe(this);
  }

  disconnectedCallback(): void {
    this.#resize?.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
  }

  attributeChangedCallback(): void {
    if (this.#chart) this.#draw();
  }

  #draw(): void {
    const board = this.#board;
    if (!board) return;
    const selected = this.getAttribute("selected");
    const font = getComputedStyle(this).fontFamily;
    this.#chart?.setOption({
      animation: false,
      aria: { enabled: true, label: { description: `${board.title}，${board.period}，${board.unit}` } },
      textStyle: { fontFamily: font, color: INK },
      grid: { left: 8, right: 12, top: 28, bottom: 4, containLabel: true },
      tooltip: { trigger: "item", renderMode: "richText", confine: true },
      xAxis: {
        type: "category",
        data: board.units.map((u) => u.short),
        axisLabel: { interval: 0, fontSize: 12, rotate: this.clientWidth < 620 ? 45 : 0 },
        axisTick: { show: false },
      },
      yAxis: { type: "value", name: board.unit, nameTextStyle: { align: "left" }, splitLine: { lineStyle: { color: "#e3e8ec" } } },
      series: [
        {
          type: "bar",
          barMaxWidth: 34,
          data: board.units.map((u) => ({
            value: u.value ?? "-",
            name: u.name,
            itemStyle: { color: u.code === selected ? CHOSEN : BAR },
          })),
        },
      ],
    });
  }
}

customElements.define("tc-chart", TcChart);
