import { PageFrame } from '../../parts/PageFrame';
import { AboutSection } from './AboutSection';
import { BackupSection } from './BackupSection';
import { BridgesSection } from './BridgesSection';
import { DevicesSection } from './devices/DevicesSection';
import { GeneralSection } from './GeneralSection';
import { GuestsSection } from './guests/GuestsSection';
import { IdentitiesSection } from './IdentitiesSection';
import { LockSection } from './LockSection';
import { ProgramsSection } from './programs/ProgramsSection';
import { StayingSection } from './StayingSection';
import { StorageSection } from './StorageSection';

/** All settings on one page. */
export const SettingsPage = () => (
  <PageFrame title="Settings" testId="settings-page">
    <GeneralSection />
    <StayingSection />
    <LockSection />
    <IdentitiesSection />
    <ProgramsSection />
    <DevicesSection />
    <GuestsSection />
    <BackupSection />
    <StorageSection />
    <BridgesSection />
    <AboutSection />
  </PageFrame>
);
