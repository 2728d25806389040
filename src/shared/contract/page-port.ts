/** The word with which the Electron shell's preload hands a page its port, and with which the page asks for one. */
export const PORT_OFFER = 'kiosk-port';
export const PORT_REQUEST = 'kiosk-port-request';
