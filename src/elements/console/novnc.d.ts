/** What is used of noVNC 1.7, which has no types of its own. */
declare module '@novnc/novnc' {
  interface RfbEvents {
    connect: CustomEvent<unknown>;
    disconnect: CustomEvent<{ clean: boolean }>;
    credentialsrequired: CustomEvent<unknown>;
    securityfailure: CustomEvent<unknown>;
    clipboard: CustomEvent<{ text: string }>;
  }

  export interface RfbDisplay {
    /** Draws a picture that came as JPEG or PNG. */
    imageRect(
      x: number,
      y: number,
      width: number,
      height: number,
      type: string,
      bytes: Uint8Array<ArrayBuffer>,
    ): void;
    /** Whatever `drawImage` takes, once its `complete` is true and it has fired `load`. */
    _renderQPush(step: {
      type: 'img';
      img: HTMLCanvasElement & { complete: boolean; src: string };
      x: number;
      y: number;
      width: number;
      height: number;
    }): void;
  }

  export default class RFB {
    constructor(target: HTMLElement, channel: WebSocket, options?: { shared?: boolean });
    scaleViewport: boolean;
    clipViewport: boolean;
    dragViewport: boolean;
    background: string;
    /** Not of its interface: see vnc-policy.ts. */
    readonly _display: RfbDisplay;
    readonly _cursor: { change(...image: unknown[]): void; clear(): void };
    focus(options?: FocusOptions): void;
    disconnect(): void;
    sendKey(keysym: number, code: string | null, down?: boolean): void;
    sendCtrlAltDel(): void;
    clipboardPasteFrom(text: string): void;
    addEventListener<K extends keyof RfbEvents>(type: K, listener: (event: RfbEvents[K]) => void): void;
  }
}
