/** What the preload and the main process say to each other. */
export const IPC = {
  /** From the preload: the page asks for a port. */
  portRequest: 'kiosk:port-request',
  /** To the preload: a port for the page, as the message's only transferred port. */
  port: 'kiosk:port',
  /** To the preload, every few seconds: answer if the page's thread still runs. */
  beat: 'kiosk:beat',
  /** From the preload: it does. */
  beatBack: 'kiosk:beat-back',
} as const;
