import { Component } from "preact";

/** A component that is drawn again only if one of its properties is another one. */
export function memo(draw) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const { props } = this;
      for (const name in next) if (next[name] !== props[name]) return true;
      for (const name in props) if (!(name in next)) return true;
      return false;
    }

    render(props) {
      return draw(props);
    }
  };
}
