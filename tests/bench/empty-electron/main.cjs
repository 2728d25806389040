// An Electron that shows an almost empty page: what the terminal's start is measured against.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => {
  const window = new BrowserWindow({ kiosk: true, frame: false });
  void window.loadURL(process.env.BENCH_EMPTY_PAGE);
});
