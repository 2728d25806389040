import type { Hello, PageLanguage } from '#shared/contract/views.ts';
import type { Profile } from '#shared/profile/profile.ts';
import { CHINA_UTC_OFFSET_MINUTES } from '#shared/time/local-date.ts';
import type { Services } from '../services.ts';

/** What a page has to know before it draws anything. */
export function hello(services: Services): Hello {
  const { library, stations, now, programVersion, events } = services;
  const { profile, station } = library;
  return {
    programVersion,
    now: now(),
    utcOffsetMinutes: CHINA_UTC_OFFSET_MINUTES,
    stationName: stations.name(),
    level: stations.level(),
    languages: profile.languages,
    keyboards: keyboardsOf(profile),
    display: profile.displays[station] ?? profile.display,
    idle: profile.idle,
    content: {
      asOf: events.contentAsOf() ?? '',
      publisher: profile.responsibleBody,
      stale: services.isContentStale(),
    },
    sampleContent: profile.confirm.length > 0,
    ...(services.screen.beginsDark() ? { beginsDark: true as const } : {}),
  };
}

/** Languages that are typed on a place's terminals. */
export function keyboardsOf({ languages, keyboards }: Profile): PageLanguage[] {
  return [...new Set([...languages, ...keyboards])];
}
