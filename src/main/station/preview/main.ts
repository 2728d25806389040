import { StationError } from '#shared/contract/errors.ts';
import { type PreviewAnswer, previewAskSchema } from '#shared/contract/preview-process.ts';
import { NoProfileError, openScenes } from './open-scenes.ts';

/**
 * Answers what visitors' pages ask as a terminal would that had a draft of the district published. A process of its own, started
 * by the district server with the folder of deployments; it keeps nothing and ends with the channel.
 */
function main(): void {
  const scenes = openScenes(process.argv[2] ?? '');
  process.on('message', (message) => {
    const { ask, key, scene, method, input } = previewAskSchema.parse(message);
    const tell = (answer: Omit<PreviewAnswer, 'ask'>) => process.send?.({ ask, ...answer });
    try {
      if (scene !== undefined && !scenes.has(key)) scenes.show(key, scene);
      if (!scenes.has(key)) tell({ answer: null, fault: 'unknown-scene' });
      else tell({ answer: scenes.read(key, method, input) ?? null });
    } catch (error) {
      tell({ answer: null, fault: faultOf(error) });
    }
  });
  process.on('disconnect', () => {
    scenes.close();
    process.exit(0);
  });
}

function faultOf(error: unknown): NonNullable<PreviewAnswer['fault']> {
  if (error instanceof NoProfileError) return 'no-profile';
  if (!(error instanceof StationError)) return 'internal';
  return error.kind === 'bad-input' ? 'bad-input' : 'not-found';
}

main();
