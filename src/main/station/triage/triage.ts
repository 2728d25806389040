import type { TriageBody, TriageOutcome } from '#shared/content/kinds/triage.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { TriageEndView, TriageSummary, TriageView } from '#shared/contract/triage.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { type TriagePlace, triageTakeawayText } from '#shared/papers/triage-paper.ts';
import { wayUp } from '#shared/stations/way-up.ts';
import { ladderFrom } from '#shared/triage/ladder.ts';
import type { Library } from '../content/library.ts';
import { offeredGuides, outletAboveName, summaryOf } from '../guides/guides.ts';
import { lineOf, planOf } from '../queue/queue-context.ts';
import type { Stations } from '../stations/stations.ts';

/** The matters for which there are questions, in their order. */
export function listTriages(library: Library, language: PageLanguage): TriageSummary[] {
  return library.shown('triage', language).map(({ body, provenance }) => ({
    id: provenance.id,
    title: body.title,
    summary: body.summary,
    topic: body.topic,
    language: provenance.language,
  }));
}

/** One graph of questions with what this place adds to each of its ends. */
export function getTriage(
  library: Library,
  stations: Stations,
  id: string,
  language: PageLanguage,
): TriageView {
  const triage = library.shownOne('triage', id, language);
  const place = readPlace(library, stations, language);
  return { ...triage, ends: triage.body.outcomes.map((outcome) => endView(place, outcome)) };
}

/** An end as text for a QR code. Throws `StationError('not-found')` when there is no such end. */
export function triageTakeaway(
  library: Library,
  stations: Stations,
  id: string,
  outcome: string,
): { text: string } {
  const end = triageEnd(library, stations, id, outcome);
  return { text: triageTakeawayText(end.outcome, end.place) };
}

/** An end in Chinese with what papers say of this place. Throws `StationError('not-found')`. */
export function triageEnd(
  library: Library,
  stations: Stations,
  id: string,
  outcomeId: string,
): { body: TriageBody; outcome: TriageOutcome; place: TriagePlace } {
  const { body } = library.shownOne('triage', id, 'zh-CN');
  const outcome = body.outcomes.find((candidate) => candidate.id === outcomeId);
  if (outcome === undefined) throw new StationError('not-found');
  const view = endView(readPlace(library, stations, 'zh-CN'), outcome);
  const station = stations.current('zh-CN');
  return {
    body,
    outcome,
    place: {
      station: station.name,
      phone: station.phone,
      windows: view.windows.map((window) => window.label),
      above: view.above && outletAboveName(view.above),
      date: library.moment().date,
      services: view.services.map((service) => service.title),
      ladder: view.ladder.map((step) =>
        [step.who, step.outlet?.name, step.takes].filter(Boolean).join('：'),
      ),
    },
  };
}

/** What all ends of a graph are filled from, read once. */
function readPlace(library: Library, stations: Stations, language: PageLanguage) {
  return {
    language,
    stations,
    station: library.station,
    plan: planOf({ library }),
    escalation: library.profile.escalation,
    guides: offeredGuides(library, language),
    forms: library.shown('form-sample', language),
    // This outlet and those above it, the nearest first.
    outlets: wayUp(stations.list(), { code: library.station, level: stations.level() }),
  };
}

function endView(place: ReturnType<typeof readPlace>, outcome: TriageOutcome): TriageEndView {
  // In the order in which the outcome names them: what fits best comes first.
  const services = outcome.services.flatMap(
    (id) => place.guides.find((guide) => guide.provenance.id === id) ?? [],
  );
  const lines = new Set(services.map((guide) => guide.body.line));
  const windows = [...lines].flatMap((line) => place.stations.windowsFor(line, place.language));
  return {
    id: outcome.id,
    services: services.map(summaryOf),
    takesNumberFor: services.find((guide) => lineOf(place.plan, guide.body.line) !== undefined)
      ?.provenance.id,
    windows: windows.filter((window, at) => windows.findIndex(({ id }) => id === window.id) === at),
    above:
      windows.length > 0
        ? undefined
        : [...lines].flatMap((line) => place.stations.above(line, place.language) ?? [])[0],
    forms: place.forms
      .filter((form) => outcome.formSamples.includes(form.provenance.id))
      .map((form) => ({ id: form.provenance.id, title: form.body.title })),
    ladder: ladderFrom(place.escalation, outcome.level).map(({ id, who, takes, outlets }) => {
      const outlet = place.outlets.find(({ level }) => outlets.includes(level));
      return { id, who, takes, outlet, here: outlet?.code === place.station };
    }),
  };
}
