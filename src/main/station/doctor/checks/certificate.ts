import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { readLanSettings } from '../../lan/lan-settings.ts';
import { attention, type Check, fault, notApplicable, ok } from '../check.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
const RENEW = '自带的证书会自己换新，换好后请在办公电脑上重新安装；单位给的证书，请再要一张。';
const REMEDY =
  '证书照旧在用。请先核对电脑的日期；日期对的，自带的证书请关闭再打开局域网服务，会做一张新的，再到办公电脑上安装；单位给的证书，请再要一张。';

/** The certificate that office PCs see, where the local network is switched on. */
export const certificate: Check = {
  id: 'certificate',
  title: '局域网证书',
  look: ({ station, dataDir, computer, now }) => {
    const settings = station.db && readLanSettings(station.db);
    if (settings?.on !== true) return notApplicable('没有打开局域网访问，用不到证书。');
    const path = settings.certificate?.certificate ?? join(dataDir, 'lan', 'certificate.pem');
    const dates = datesOf(computer.read(path));
    if (dates === undefined)
      return fault('局域网的证书读不了。', '请运行 kiosk lan on，它会重新做一张。');
    if (now < dates.from) return fault('按电脑的日期，局域网的证书还没有生效。', REMEDY);
    const days = Math.floor((dates.until - now) / DAY_MS);
    if (days < 0) return fault('按电脑的日期，局域网的证书过期了。', REMEDY);
    return days < SOON_DAYS
      ? attention(`局域网的证书还有 ${days} 天到期。`, RENEW)
      : ok(`局域网的证书还有 ${days} 天到期。`);
  },
};

function datesOf(pem: Buffer | undefined) {
  try {
    if (pem === undefined) return undefined;
    const { validFrom, validTo } = new X509Certificate(pem);
    return { from: Date.parse(validFrom), until: Date.parse(validTo) };
  } catch {
    return undefined;
  }
}
