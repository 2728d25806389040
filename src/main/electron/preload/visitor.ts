import { ipcRenderer } from 'electron';
import { PORT_OFFER, PORT_REQUEST } from '#shared/contract/page-port.ts';
import { IPC } from '../ipc-names.ts';

/*
 * All that a page gets from this program: it may ask for a port to the station host, and is handed one. Nothing is put
 * into the page's world; the port carries the validated contract only.
 */
window.addEventListener('message', (event) => {
  if (event.source === window && event.origin === window.origin && event.data === PORT_REQUEST)
    ipcRenderer.send(IPC.portRequest);
});

ipcRenderer.on(IPC.port, (event) => {
  window.postMessage(PORT_OFFER, window.origin, [...event.ports]);
});

ipcRenderer.on(IPC.beat, () => ipcRenderer.send(IPC.beatBack));
