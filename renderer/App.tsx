import { useEffect } from 'react';
import { applyTheme } from './actions/window/apply-theme';
import { connect } from './actions/profile/connect';
import { keepSorts } from './actions/profile/keep-sorts';
import { followWishes } from './actions/desktop/follow-wishes';
import { forgetAnnounced } from './actions/window/forget-announced';
import { DesktopQuestions } from './features/desktop/DesktopQuestions';
import { UnlockPage } from './features/welcome/UnlockPage';
import { useAutoLock } from './features/welcome/use-auto-lock';
import { WelcomePage } from './features/welcome/WelcomePage';
import { MainWindow } from './MainWindow';
import { useIdentities } from './queries/use-identities';
import { useFirstRun } from './state/first-run';
import { ServicesContext, useServices } from './state/services';
import type { Services } from './state/services';
import { useProfile } from './state/profile';
import { StartingPage } from './StartingPage';
import { Toasts } from './Toasts';
import { TooltipProvider } from './ui/Tooltip';

const Page = () => {
  const phase = useProfile((profile) => profile.phase);
  const firstRun = useFirstRun((run) => run.active);
  const identities = useIdentities();
  const leaving = useProfile((profile) => profile.leaving);
  if (phase === 'connecting' || leaving) return <StartingPage leaving={leaving} />;
  if (phase === 'locked') return <UnlockPage />;
  // Until they have an address there is nothing a person could do in the mail window.
  if (phase === 'new' || firstRun || identities?.length === 0) return <WelcomePage />;
  return identities ? <MainWindow /> : <StartingPage />;
};

const Connected = () => {
  const services = useServices();
  useAutoLock();
  useEffect(() => connect(services), [services]);
  useEffect(() => applyTheme(services), [services]);
  useEffect(() => forgetAnnounced(), []);
  useEffect(() => followWishes(services), [services]);
  useEffect(() => keepSorts(services), [services]);
  return (
    <>
      <Page />
      <DesktopQuestions />
    </>
  );
};

/** The whole window: which page is shown depends on what stands between the person and their mail. */
export const App = ({ services }: { readonly services: Services }) => (
  <ServicesContext value={services}>
    <TooltipProvider>
      <Connected />
      <Toasts />
    </TooltipProvider>
  </ServicesContext>
);
