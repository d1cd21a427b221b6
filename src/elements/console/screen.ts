/** Keys that a browser, its system or a phone keeps for itself. */
export type ConsoleKeys =
  | 'ctrl-alt-del'
  | 'ctrl-alt-f1'
  | 'ctrl-alt-f2'
  | 'alt-tab'
  | 'super'
  | 'ctrl-c'
  | 'ctrl-d'
  | 'escape'
  | 'tab'
  | 'enter'
  | 'up'
  | 'down';

/** What a console tells whoever shows it. */
export interface ScreenEvents {
  /** It can be used. */
  ready(): void;
  /** The other end has closed it, or it could not be understood. */
  ended(): void;
  /** Something was copied at the other end; see {@link ConsoleScreen.selected}. */
  copied(): void;
}

/** A console in the page, over a WebSocket. */
export interface ConsoleScreen {
  /** In the order they are offered. */
  readonly keys: readonly ConsoleKeys[];
  focus(): void;
  send(keys: ConsoleKeys): void;
  /** Types a text, as if by hand. */
  type(text: string): void;
  /** What is selected, or was copied last; empty where nothing is. */
  selected(): string;
  /** Puts a text on the clipboard of the other end; not there where it has none. */
  readonly offer?: (text: string) => void;
  /** Shows the whole screen, smaller where needed, or a part in its own size; not there where nothing is scaled. */
  readonly fit?: (whole: boolean) => void;
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
