/**
 * A film's words. Each of its steps is a picture that stays for its seconds while what it says stands below as captions;
 * `show` is what appears on the picture at that step.
 */

/** How long a film lasts, in seconds. */
export function secondsOf(film) {
  return stepsOf(film).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The words as WebVTT. */
export function captionsOf(film) {
  let at = 0;
  const blocks = stepsOf(film).map(({ seconds, say }) => {
    const from = at;
    at += seconds;
    return `${timeOf(from)} --> ${timeOf(at)}\n${say}`;
  });
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}

function stepsOf(film) {
  return film.scenes.flatMap(({ steps }) => steps);
}

function timeOf(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(2, '0')}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;
}
