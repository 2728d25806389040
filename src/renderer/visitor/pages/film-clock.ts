/** "1:05", kept from left to right inside text that runs from right to left (by the isolates of Unicode). */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  return `\u2066${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}\u2069`;
}
