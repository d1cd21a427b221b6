import uPlot from 'uplot';

/** A drawing of one series of percentages over time, as wide as its box. Loaded when it is first seen. */
export interface Plot {
  /** Times in seconds and values, null where there are none. */
  draw(data: readonly [times: number[], values: (number | null)[]]): void;
  remove(): void;
}

export interface PlotOptions {
  /** The colours it is drawn in, asked for at each drawing. */
  readonly colors: () => { readonly line: string; readonly text: string; readonly grid: string };
  /** A time of the axis, in seconds, as a person reads it. */
  readonly time: (seconds: number) => string;
  readonly percent: (value: number) => string;
  /** The pointer is over a place of the series; undefined when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
}

const HEIGHT = 140;

export function plot(box: HTMLElement, o: PlotOptions): Plot {
  const line = (): string => o.colors().line;
  const axis = (values: (splits: number[]) => string[], size: number): uPlot.Axis => ({
    stroke: () => o.colors().text,
    grid: { stroke: () => o.colors().grid, width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
    size,
    values: (_, splits) => values(splits),
  });
  const chart = new uPlot(
    {
      width: Math.max(160, box.clientWidth),
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { time: true }, y: { range: [0, 100] } },
      axes: [
        { ...axis((splits) => splits.map(o.time), 28), space: 70 },
        { ...axis((splits) => splits.map(o.percent), 52), incrs: [25, 50] },
      ],
      series: [
        {},
        {
          stroke: line,
          width: 2,
          fill: () => `color-mix(in srgb, ${line()} 14%, transparent)`,
          points: { show: false },
        },
      ],
      hooks: {
        setCursor: [
          ({ cursor: { idx } }) => {
            o.onPoint(idx ?? undefined);
          },
        ],
      },
    },
    [[], []],
    box,
  );
  const observer = new ResizeObserver(() => {
    const width = Math.max(160, box.clientWidth);
    if (width !== chart.width) chart.setSize({ width, height: HEIGHT });
  });
  observer.observe(box);
  // The colours of a page may turn while it is looked at.
  const dark = globalThis.matchMedia('(prefers-color-scheme: dark)');
  const redraw = (): void => chart.redraw();
  dark.addEventListener('change', redraw);
  return {
    draw([times, values]) {
      chart.setData([times, values]);
    },
    remove() {
      observer.disconnect();
      dark.removeEventListener('change', redraw);
      chart.destroy();
    },
  };
}
