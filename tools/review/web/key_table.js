// Every key with its meaning: what keys.js does, and what the help says.
export const keyTable = [
  {
    title: "Answer",
    keys: [
      { key: "1", name: "left", what: "The left copy stays, the right one will be set aside" },
      { key: "2", name: "right", what: "The right copy stays, the left one will be set aside" },
      { key: "S", name: "both_for_now", what: "Both stay for now; you are asked again next time" },
      { key: "B", name: "both_for_ever", what: "Both stay for ever; you are not asked again" },
      { key: "D", name: "not_same", what: "Not the same recording; you are not asked again" },
      { key: "U", name: "undo", what: "Take the last answer back; in the view M the last move" },
      { key: "A", name: "folder", what: "Answer for all that is open below this folder" },
    ],
  },
  {
    title: "Listen",
    keys: [
      { key: " ", label: "Space", name: "play", what: "Play or pause; so does P" },
      { key: "P", name: "play", isAlias: true },
      { key: "Tab", name: "switch", what: "While it plays: hear the other copy at the same moment" },
      { key: "ArrowLeft", label: "← →", name: "back", what: "Five seconds back or on" },
      { key: "ArrowRight", name: "on", isAlias: true },
      { key: "N", name: "next_span", what: "The next moment that differs; with Shift the one before" },
      { key: "Z", name: "zoom", what: "The whole track, or half a minute of it" },
      { key: "F", name: "frequencies", what: "Show the frequencies of both" },
    ],
  },
  {
    title: "Move",
    keys: [
      { key: "ArrowUp", label: "↑ ↓", name: "previous", what: "The group above or below" },
      { key: "ArrowDown", name: "next", isAlias: true },
      { key: "PageUp", label: "Page ↑ ↓", name: "page_up", what: "Ten groups up or down" },
      { key: "PageDown", name: "page_down", isAlias: true },
      { key: "C", name: "copy", what: "The next copy of this group" },
      { key: "E", name: "everything", what: "Show also what both copies share" },
      { key: "/", name: "search", what: "Search; Esc goes back to the list" },
    ],
  },
  {
    title: "Views",
    keys: [
      { key: "O", name: "overview", what: "Overview" },
      { key: "Enter", name: "enter", what: "In the overview: start deciding. Before moving: confirm" },
      { key: "L", name: "answers", what: "All answers, and how to forget one" },
      { key: "M", name: "apply", what: "What would be moved, and the way back" },
      { key: "T", name: "theme", what: "Light, dark, or as the system says" },
      { key: "?", name: "help", what: "These keys" },
    ],
  },
];
