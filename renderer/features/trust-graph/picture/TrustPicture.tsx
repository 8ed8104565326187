import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { VisuallyHidden } from '../../../ui/VisuallyHidden';
import { kindWords, pathLine, spokenPerson } from '../web/kind-words';
import { Legend } from './Legend';
import type { Point } from '../web/layout-web';
import { nextTowards, personAt } from '../web/nearest';
import type { Direction } from '../web/nearest';
import { pathsTo } from '../web/paths';
import { PictureControls } from './PictureControls';
import type { Scene } from './scene';
import styles from './TrustPicture.module.css';
import { useGestures } from './use-gestures';
import { usePalette } from './use-palette';
import type { LaidOut } from '../web/use-web';
import { useWebView } from './use-web-view';
import type { WebView } from './use-web-view';
import { toScreen, toWorld } from './view';
import type { Web } from '../web/web';

export type TrustPictureProps = LaidOut & {
  readonly web: Web;
  readonly chosen: number | undefined;
  readonly onChoose: (at: number | undefined) => void;
  /** Enter on whoever is chosen. */
  readonly onOpen: () => void;
  /** Pixels at the right that the panel covers. */
  readonly covered: number;
};

/** Pixels around a sign that still count as it. */
const REACH = 14;

/** Who vouches for whom as a picture: one place for the keyboard, in which the arrow keys go from person to person. */
export const TrustPicture = (props: TrustPictureProps) => {
  const { web, layout, shown, chosen, onChoose, covered } = props;
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const lit = useMemo(() => (chosen === undefined ? undefined : pathsTo(web, chosen)), [web, chosen]);
  const scene = useMemo(
    (): Scene => ({ web, layout, palette, shown, chosen, lit }),
    [web, layout, palette, shown, chosen, lit],
  );
  const view = useWebView({ holder, canvas, scene, covered });
  const [hover, setHover] = useState<{ readonly at: number; readonly point: Point }>();
  const where = useMemo(() => ({ web, layout, isShown: (at: number) => shown.has(at) }), [web, layout, shown]);
  const personUnder = (point: Point): number | undefined =>
    personAt(where, toWorld(view.now(), point), REACH / view.now().scale);
  useGestures(holder, {
    view,
    onPress: (point) => onChoose(personUnder(point)),
    onHover: (point) => {
      const at = point && personUnder(point);
      const place = at === undefined ? undefined : layout.places[at];
      setHover((former) =>
        at === undefined || !place
          ? undefined
          : former?.at === at
            ? former
            : { at, point: toScreen(view.now(), place) },
      );
    },
  });
  useEffect(() => {
    const people = chosen === undefined ? [] : [chosen, ...(lit?.people ?? [])];
    view.reveal(people.flatMap((at) => layout.places[at] ?? []));
  }, [chosen, lit, layout, view, covered]);
  const goTowards = (direction: Direction) =>
    onChoose(chosen === undefined ? 0 : (nextTowards(where, chosen, direction) ?? chosen));
  return (
    <div className={styles.picture}>
      <Stage {...props} holder={holder} view={view} onGo={goTowards} hovering={hover !== undefined}>
        <canvas
          ref={canvas}
          className={styles.canvas}
          aria-hidden
          data-testid="trust-canvas"
          data-people={shown.size}
          data-chosen={chosen === undefined ? undefined : web.people[chosen]?.address}
        />
        {hover !== undefined && <HoverName web={web} at={hover.at} point={hover.point} />}
      </Stage>
      <Legend web={web} shown={shown} />
      <PictureControls view={view} right={covered} />
      <p className={styles.spoken} aria-live="polite" data-testid="trust-announcement">
        {chosen === undefined ? '' : announcement(web, chosen)}
      </p>
    </div>
  );
};

const announcement = (web: Web, at: number): string => {
  const path = pathLine(web, at);
  return path === '' ? 'Nothing leads to them' : `Lit: ${path.replaceAll(' → ', ', then ')}`;
};

const HoverName = ({ web, at, point }: { readonly web: Web; readonly at: number; readonly point: Point }) => {
  const person = web.people[at];
  if (!person) return null;
  return (
    <div className={styles.hover} style={{ left: point.x, top: point.y }} aria-hidden>
      <span>{person.name}</span>
      <span className={styles.hoverKind}>{kindWords[person.kind]}</span>
    </div>
  );
};

type StageProps = TrustPictureProps & {
  readonly holder: RefObject<HTMLDivElement | null>;
  readonly view: WebView;
  readonly onGo: (direction: Direction) => void;
  readonly hovering: boolean;
  readonly children: ReactNode;
};

const arrows: Readonly<Partial<Record<string, Direction>>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
const PAN_STEP = 60;
const ZOOM_STEP = 1.25;
const pans: Readonly<Record<Direction, readonly [number, number]>> = {
  up: [0, PAN_STEP],
  down: [0, -PAN_STEP],
  left: [PAN_STEP, 0],
  right: [-PAN_STEP, 0],
};

/** The one stop of the keyboard: a list box of which only the person who is chosen is there for screen readers. */
const Stage = ({ web, shown, chosen, onChoose, onOpen, holder, view, onGo, hovering, children }: StageProps) => {
  const id = useId();
  const person = chosen === undefined ? undefined : web.people[chosen];
  const acts: Readonly<Partial<Record<string, () => void>>> = {
    '+': () => view.zoom(ZOOM_STEP),
    '=': () => view.zoom(ZOOM_STEP),
    '-': () => view.zoom(1 / ZOOM_STEP),
    '0': view.fit,
    Home: () => onChoose(0),
    Enter: person === undefined ? () => onChoose(0) : onOpen,
    ...(person === undefined ? {} : { Escape: () => onChoose(undefined) }),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const direction = arrows[event.key];
    const act =
      direction === undefined
        ? acts[event.key]
        : event.shiftKey
          ? () => view.pan(...pans[direction])
          : () => onGo(direction);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={holder}
      role="listbox"
      tabIndex={0}
      aria-label={`Picture of who vouches for whom, ${String(shown.size - 1)} people. Arrow keys go from person to person, Enter opens, plus and minus zoom. The list has the same in words.`}
      aria-activedescendant={person === undefined ? undefined : id}
      className={styles.stage}
      data-hovering={hovering || undefined}
      data-pane-focus
      onKeyDown={onKeyDown}
      data-testid="trust-picture"
    >
      {children}
      <div id={id} role="option" aria-selected={person !== undefined} className={styles.option}>
        <VisuallyHidden>{person === undefined ? 'Nobody is chosen' : spokenPerson(web, person)}</VisuallyHidden>
      </div>
    </div>
  );
};
