import type { StationImplementer } from '../access/implement-station.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';
import { communities } from './communities.ts';
import { gridCard } from './grid-card.ts';
import { getPerson, listPeople } from './people.ts';
import { serving } from './serving.ts';

/** Puts the contract's `people` methods and the directory together. */
export function peopleRoutes(
  os: StationImplementer['people'],
  library: Library,
  stations: Stations,
) {
  return {
    list: os.list.handler(({ input }) =>
      listPeople(library, stations, input.filter, input.language),
    ),
    get: os.get.handler(({ input }) => getPerson(library, stations, input.id, input.language)),
    communities: os.communities.handler(() => communities(library)),
    serving: os.serving.handler(({ input }) =>
      serving(library, stations, input.code, input.language),
    ),
    grid: os.grid.handler(({ input }) => gridCard(library, stations, input.code, input.language)),
  };
}
