// Light, dark, or as the system says. theme.js reads the choice when the page loads.
import { set } from "./store.js";

const order = ["system", "light", "dark"];
export const chosenTheme = () => localStorage.getItem("theme") ?? "system";

export function switchTheme() {
  const theme = order[(order.indexOf(chosenTheme()) + 1) % order.length];
  if (theme === "system") {
    localStorage.removeItem("theme");
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem("theme", theme);
    document.documentElement.dataset.theme = theme;
  }
  set({ theme }); // draws the pictures in the new colours
}

/** The pictures have no style sheet: they are drawn anew when the system changes its theme. */
export function followSystemTheme() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => set({ theme: chosenTheme() }));
}
