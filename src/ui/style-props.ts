import { nothing } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

/** CSS properties by name, custom ones included; `undefined` leaves one out. */
export type StyleProps = Readonly<Record<string, string | undefined>>;

class StylePropsDirective extends Directive {
  #set = new Set<string>();

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new Error('styleProps stands alone in a tag: <p ${styleProps({})}>');
  }

  render(_props: StyleProps) {
    return nothing;
  }

  override update(part: ElementPart, [props]: [StyleProps]) {
    const { element } = part;
    if (!('style' in element) || !(element.style instanceof CSSStyleDeclaration)) return nothing;
    for (const name of this.#set) {
      if (props[name] === undefined) {
        element.style.removeProperty(name);
        this.#set.delete(name);
      }
    }
    for (const [name, value] of Object.entries(props)) {
      if (value === undefined) continue;
      element.style.setProperty(name, value);
      this.#set.add(name);
    }
    return nothing;
  }
}

/**
 * Sets style properties one by one: `<p ${styleProps({ '--_share': '40%' })}>`.
 *
 * Lit's `styleMap` writes a style attribute in the first rendering, which `style-src 'self'` refuses
 * (https://github.com/lit/lit/issues/4719).
 */
export const styleProps = directive(StylePropsDirective);
