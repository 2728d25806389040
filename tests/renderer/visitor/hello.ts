import { panelDisplay } from '#shared/access/panels.ts';
import type { Hello } from '#shared/contract/views.ts';

const display = panelDisplay('32');
if (display === undefined) throw new Error('the panel of the test is not known');

/** What a terminal hears first of its host. */
export const HELLO: Hello = {
  programVersion: '0.0.0',
  now: Date.parse('2026-11-23T10:00:00+08:00'),
  utcOffsetMinutes: 480,
  stationName: '示例公共法律服务工作站',
  level: 'station',
  languages: ['zh-CN', 'en'],
  keyboards: ['zh-CN', 'en'],
  display,
  idle: {
    browseSeconds: 120,
    formSeconds: 180,
    warningSeconds: 30,
    numberSeconds: 20,
    attractSeconds: 0,
  },
  content: { asOf: '2026-11-23', publisher: '示例司法局', stale: false },
  sampleContent: true,
};
