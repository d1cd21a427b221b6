/** Keys that a browser or its system keeps for itself, and what they are called on a keyboard. */
export type ConsoleKeys = 'ctrl-c' | 'ctrl-d' | 'escape' | 'tab';

/** What a console tells whoever shows it. */
export interface ScreenEvents {
  /** It can be used. */
  ready(): void;
  /** The other end has closed it, or it could not be understood. */
  ended(): void;
}

/** A console in the page, over a WebSocket. */
export interface ConsoleScreen {
  /** In the order they are offered. */
  readonly keys: readonly ConsoleKeys[];
  focus(): void;
  send(keys: ConsoleKeys): void;
  /** Types a text, as if by hand. */
  type(text: string): void;
  /** What is selected; empty where nothing is. */
  selected(): string;
  /** Ends it and empties the box. */
  close(): void;
}

/** Shows a console in a box that stands in the page. The socket may still be connecting. */
export type OpenScreen = (
  box: HTMLElement,
  socket: WebSocket,
  events: ScreenEvents,
  label: string,
) => ConsoleScreen;
