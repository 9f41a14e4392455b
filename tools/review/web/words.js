// Numbers and terms as the page writes them.

/** "34.5 MB", with the units of a file manager. */
export function bytes(count) {
  let value = count;
  let unit = "B";
  for (const larger of ["kB", "MB", "GB", "TB"]) {
    if (value < 999.5) break;
    value /= 1000;
    unit = larger;
  }
  return unit === "B" ? `${value} B` : `${value.toFixed(value < 99.95 ? 1 : 0)} ${unit}`;
}

/** "3:07" or "1:02:07". */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const s = String(whole % 60).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}:${s}`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, "0")}:${s}`;
}

/** "1:12.4" */
export function moment(seconds) {
  const tenths = Math.round(Math.max(0, seconds) * 10);
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
}

export const number = (count) => count.toLocaleString("en-US");
export const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;
export const percent = (share) => `${(Math.floor(share * 10000) / 100).toFixed(share >= 0.995 ? 2 : 1)} %`;
export const kilohertz = (hz) => `${(hz / 1000).toFixed(1).replace(/\.0$/, "")} kHz`;

export const channels = (count) => ({ 1: "mono", 2: "stereo", 6: "5.1 surround", 8: "7.1 surround" })[count] ?? `${count} channels`;

export const bands = {
  review: { name: "To decide", what: "you are asked" },
  auto: { name: "Certain", what: "moved without asking, once you accept them" },
  related: { name: "Related", what: "listed, never moved" },
};

export const relation = (name) =>
  ({
    same_recording: "same recording",
    remaster: "another master",
    edit: "edit",
    version: "another version",
    insufficient: "too little sound",
  })[name] ?? name;

/** "plays 2.5 % faster"; empty at the same speed. */
export function speed(factor) {
  const off = Math.abs(factor - 1) * 100;
  if (off < 0.005) return "";
  return `plays ${off.toFixed(off < 1 ? 2 : 1)} % ${factor > 1 ? "faster" : "slower"}`;
}

export const when = (iso) => {
  const time = new Date(iso);
  return Number.isNaN(time.getTime())
    ? "time unknown"
    : time.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
};
