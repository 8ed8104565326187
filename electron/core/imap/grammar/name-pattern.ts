/** Whether a name matches a pattern of LIST: `*` stands for anything, `%` for anything within one level. */
export type NamePattern = (name: string) => boolean;

/**
 * Reads a pattern (RFC 9051 6.3.9). Each match costs the length of the name times that of the pattern at most, and no
 * pattern is longer than what it could match: there is nothing to go back to.
 */
export function namePattern(text: string): NamePattern {
  const steps = Array.from(text.replaceAll(/[*%]+/g, (run) => (run.includes('*') ? '*' : '%')));
  const letters = steps.filter((step) => step !== '*' && step !== '%').length;
  return (name) => {
    const characters = Array.from(name);
    return letters <= characters.length && matches(steps, characters);
  };
}

/** Goes through the name once, with all places of the pattern that what came so far can have led to. */
function matches(steps: readonly string[], characters: readonly string[]): boolean {
  let places = reached(steps, [0]);
  for (const character of characters) {
    const next = places.flatMap((place) =>
      stepsOver(steps[place], character) ? [steps[place] === character ? place + 1 : place] : [],
    );
    places = reached(steps, next);
    if (places.length === 0) return false;
  }
  return places.includes(steps.length);
}

function stepsOver(step: string | undefined, character: string): boolean {
  return step === '*' || (step === '%' && character !== '/') || step === character;
}

/** These places, and those behind wildcards that stand for nothing. */
function reached(steps: readonly string[], places: readonly number[]): number[] {
  const all = new Set<number>();
  for (let place of places) {
    while (!all.has(place)) {
      all.add(place);
      if (steps[place] !== '*' && steps[place] !== '%') break;
      place += 1;
    }
  }
  return [...all];
}
