import type { uploadPublic } from '../../../platform/files/contract.ts';
import type { Contract } from '../../../platform/http/contract.ts';
import type { ownFile } from '../../case-file/contract.ts';
import type { readArea, readTree } from '../../areas/contract.ts';
import type { publicIssues } from '../../clusters/contract.ts';
import type { answerLink, readLink } from '../../call-backs/contract.ts';
import type { listPublicClasses, matchPublicClasses } from '../../catalogue/contract.ts';
import type { latestOne, ownProof } from '../../ledger/contract.ts';
import type { listPublicExclusions } from '../../exclusions/contract.ts';
import type { readPublicGrid } from '../../organisations/contract.ts';
import type { askPhoneCode, closeSession, openSession } from '../../requesters/contract.ts';
import type { privacyContracts } from '../../privacy/contract.ts';
import type { openContracts } from '../contract.ts';

/** Every contract the portal calls, its own and those of the modules below. */
type Contracts = typeof openContracts & {
  readonly uploadPublic: typeof uploadPublic;
  readonly listPublicClasses: typeof listPublicClasses;
  readonly matchPublicClasses: typeof matchPublicClasses;
  readonly readTree: typeof readTree;
  readonly readArea: typeof readArea;
  readonly askPhoneCode: typeof askPhoneCode;
  readonly openSession: typeof openSession;
  readonly closeSession: typeof closeSession;
  readonly readPublicGrid: typeof readPublicGrid;
  readonly listPublicExclusions: typeof listPublicExclusions;
  readonly publicIssues: typeof publicIssues;
  readonly latestOne: typeof latestOne;
  readonly ownProof: typeof ownProof;
  readonly readLink: typeof readLink;
  readonly answerLink: typeof answerLink;
  readonly ownFile: typeof ownFile;
  readonly currentNotice: typeof privacyContracts.currentNotice;
  readonly ownPrivacy: typeof privacyContracts.ownPrivacy;
  readonly exportOwn: typeof privacyContracts.exportOwn;
  readonly askCorrection: typeof privacyContracts.askCorrection;
  readonly askDeletion: typeof privacyContracts.askDeletion;
};
type Endpoint = readonly [Contract['method'], string];

/**
 * Method and path of every contract, apart from its schemas: a resident's phone should not load the validation library
 * only to send a form. A test holds this table equal to the contracts.
 */
export const endpoints = {
  settings: ['GET', '/api/public/settings'],
  summary: ['GET', '/api/public/summary'],
  fileRequest: ['POST', '/api/public/cases'],
  similarRequests: ['POST', '/api/public/similar-cases'],
  track: ['POST', '/api/public/tracking'],
  myCase: ['GET', '/api/public/my-case'],
  rate: ['POST', '/api/public/my-case/rating'],
  reopen: ['POST', '/api/public/my-case/reopening'],
  withdraw: ['POST', '/api/public/my-case/withdrawal'],
  supplement: ['POST', '/api/public/my-case/supplements'],
  takeDown: ['POST', '/api/public/my-case/release-end'],
  endSensitiveConsent: ['POST', '/api/public/my-case/sensitive-consent-end'],
  myCases: ['GET', '/api/public/my-cases'],
  openMine: ['POST', '/api/public/my-cases/:number/tracking'],
  listReleased: ['GET', '/api/public/cases'],
  getReleased: ['GET', '/api/public/cases/:number'],
  mapOfReleased: ['GET', '/api/public/map'],
  uploadPublic: ['POST', '/api/public/files'],
  listPublicClasses: ['GET', '/api/public/classes'],
  matchPublicClasses: ['POST', '/api/public/class-matches'],
  readTree: ['GET', '/api/areas/tree'],
  readArea: ['GET', '/api/areas/:code'],
  askPhoneCode: ['POST', '/api/public/phone-codes'],
  openSession: ['POST', '/api/public/resident-sessions'],
  closeSession: ['DELETE', '/api/public/resident-sessions/current'],
  readPublicGrid: ['GET', '/api/public/grids/:code'],
  latestOne: ['GET', '/api/public/history/checkpoints/latest'],
  ownProof: ['GET', '/api/public/history/own-proof'],
  listPublicExclusions: ['GET', '/api/public/exclusions'],
  publicIssues: ['GET', '/api/public/hot-issues'],
  readLink: ['GET', '/api/public/call-backs/:code'],
  answerLink: ['POST', '/api/public/call-backs/:code'],
  ownFile: ['GET', '/api/public/my-case/file'],
  currentNotice: ['GET', '/api/public/privacy-notice'],
  ownPrivacy: ['GET', '/api/public/my-case/privacy'],
  exportOwn: ['GET', '/api/public/my-data'],
  askCorrection: ['POST', '/api/public/my-case/corrections'],
  askDeletion: ['POST', '/api/public/my-case/deletions'],
} as const satisfies Readonly<Record<keyof Contracts, Endpoint>>;

function typed<K extends keyof Contracts>(name: K): Contracts[K] {
  const [method, path] = endpoints[name];
  // The client reads method and path alone; the rest of a contract serves the compiler.
  return { method, path } as unknown as Contracts[K];
}

export const api = {
  settings: typed('settings'),
  summary: typed('summary'),
  fileRequest: typed('fileRequest'),
  similarRequests: typed('similarRequests'),
  track: typed('track'),
  myCase: typed('myCase'),
  rate: typed('rate'),
  reopen: typed('reopen'),
  withdraw: typed('withdraw'),
  supplement: typed('supplement'),
  takeDown: typed('takeDown'),
  endSensitiveConsent: typed('endSensitiveConsent'),
  myCases: typed('myCases'),
  openMine: typed('openMine'),
  listReleased: typed('listReleased'),
  getReleased: typed('getReleased'),
  mapOfReleased: typed('mapOfReleased'),
  uploadPublic: typed('uploadPublic'),
  listPublicClasses: typed('listPublicClasses'),
  matchPublicClasses: typed('matchPublicClasses'),
  readTree: typed('readTree'),
  readArea: typed('readArea'),
  askPhoneCode: typed('askPhoneCode'),
  openSession: typed('openSession'),
  closeSession: typed('closeSession'),
  readPublicGrid: typed('readPublicGrid'),
  listPublicExclusions: typed('listPublicExclusions'),
  publicIssues: typed('publicIssues'),
  latestOne: typed('latestOne'),
  ownProof: typed('ownProof'),
  readLink: typed('readLink'),
  answerLink: typed('answerLink'),
  ownFile: typed('ownFile'),
  currentNotice: typed('currentNotice'),
  ownPrivacy: typed('ownPrivacy'),
  exportOwn: typed('exportOwn'),
  askCorrection: typed('askCorrection'),
  askDeletion: typed('askDeletion'),
} as const satisfies Contracts;
