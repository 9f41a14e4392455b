// Sets the chosen theme before anything is drawn, so that a dark page never flashes white. A classic script: modules run
// after the first paint.
(() => {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
