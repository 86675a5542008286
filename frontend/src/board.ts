/** What the county board's map, chart and table show; written by the server as JSON into the page. */
export interface Unit {
  code: string;
  name: string;
  short: string;
  value: number | null;
  label: string;
  rank: number | null;
  status: string;
  class: number | null;
}

export interface Board {
  title: string;
  unit: string;
  period: string;
  classes: string[];
  missing: string;
  /** Whether each class is one category, called by its own words. */
  named?: boolean;
  units: Unit[];
}

/** Read JSON from the script element with this id; `null` where there is none. */
export function pageData<T>(id: string | null): T | null {
  const text = id ? document.getElementById(id)?.textContent : null;
  return text ? (JSON.parse(text) as T) : null;
}
