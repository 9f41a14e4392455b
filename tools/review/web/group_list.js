// The list of groups. Only the rows on the screen exist, so that ten thousand groups scroll as smoothly as ten.
import { Component, createRef, html } from "./html.js";
import { openGroup } from "./navigation.js";
import { bytes } from "./words.js";

const row_px = 52; // as in style.css, --row
const beyond = 6; // rows above and below the screen: a fast scroll shows no gap

const Row = ({ group, index, count, isCurrent }) => html`
  <div
    id=${`group-${group.group}`}
    class=${`row ${group.band} ${isCurrent ? "current" : ""} ${group.open > 0 ? "open" : group.answered ? "done" : ""}`}
    style=${{ transform: `translateY(${index * row_px}px)` }}
    role="option"
    aria-selected=${isCurrent ? "true" : "false"}
    aria-setsize=${count}
    aria-posinset=${index + 1}
    onClick=${() => openGroup(group.group)}
  >
    <span class="name">${group.title}</span>
    <span class="space">${group.bytes > 0 ? bytes(group.bytes) : ""}</span>
    <span class="why">${stateOf(group)}${group.reasons[0] ?? ""}</span>
    <span class="formats">${group.formats.join(" ")}</span>
  </div>`;

function stateOf(group) {
  if (group.open > 0) return group.answered ? `${group.open} left: ` : "";
  return group.answered ? "✓ " : "";
}

export class GroupList extends Component {
  constructor() {
    super();
    this.box = createRef();
    this.state = { top: 0, height: 800 };
    this.onScroll = () => {
      if (this.waits) return;
      this.waits = requestAnimationFrame(() => {
        this.waits = 0;
        this.setState({ top: this.box.current?.scrollTop ?? 0 });
      });
    };
  }

  componentDidMount() {
    this.observer = new ResizeObserver(() => this.setState({ height: this.box.current.clientHeight }));
    this.observer.observe(this.box.current);
    this.showCurrent();
  }

  componentWillUnmount() {
    this.observer.disconnect();
    cancelAnimationFrame(this.waits);
  }

  componentDidUpdate(before) {
    if (before.current !== this.props.current || before.groups !== this.props.groups) this.showCurrent();
  }

  /** Scrolls just as far as it takes to see the open group. */
  showCurrent() {
    const at = this.props.groups.findIndex((group) => group.group === this.props.current);
    const box = this.box.current;
    if (at < 0 || !box || box.clientHeight === 0) return;
    const top = at * row_px;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + row_px > box.scrollTop + box.clientHeight) box.scrollTop = top + row_px - box.clientHeight;
  }

  render({ groups, current }, { top, height }) {
    const first = Math.max(0, Math.floor(top / row_px) - beyond);
    const last = Math.min(groups.length, Math.ceil((top + height) / row_px) + beyond);
    const isDrawn = groups.slice(first, last).some((group) => group.group === current);
    return html`
      <div
        class="list"
        ref=${this.box}
        role="listbox"
        tabindex="0"
        aria-label="Groups of copies"
        aria-activedescendant=${isDrawn ? `group-${current}` : undefined}
        onScroll=${this.onScroll}
      >
        <div class="rows" role="presentation" style=${{ height: `${groups.length * row_px}px` }}>
          ${groups.slice(first, last).map(
            (group, i) => html`<${Row}
              key=${group.group}
              group=${group}
              index=${first + i}
              count=${groups.length}
              isCurrent=${group.group === current}
            />`,
          )}
        </div>
      </div>`;
  }
}
