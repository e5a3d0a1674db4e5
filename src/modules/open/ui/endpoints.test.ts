import { expect, test } from 'vitest';
import { uploadPublic } from '../../../platform/files/contract.ts';
import { ownFile } from '../../case-file/contract.ts';
import { readArea, readTree } from '../../areas/contract.ts';
import { publicIssues } from '../../clusters/contract.ts';
import { answerLink, readLink } from '../../call-backs/contract.ts';
import { listPublicClasses, matchPublicClasses } from '../../catalogue/contract.ts';
import { latestOne, ownProof } from '../../ledger/contract.ts';
import { listPublicExclusions } from '../../exclusions/contract.ts';
import { readPublicGrid } from '../../organisations/contract.ts';
import { askPhoneCode, closeSession, openSession } from '../../requesters/contract.ts';
import { privacyContracts } from '../../privacy/contract.ts';
import { openContracts } from '../contract.ts';
import { api, endpoints } from './endpoints.ts';

test('the portal calls exactly the endpoints that the contracts declare', () => {
  const below = {
    uploadPublic,
    listPublicClasses,
    matchPublicClasses,
    readTree,
    readArea,
    readPublicGrid,
    listPublicExclusions,
    publicIssues,
    latestOne,
    ownProof,
    ownFile,
  };
  const { currentNotice, ownPrivacy, exportOwn, askCorrection, askDeletion } = privacyContracts;
  const own = { currentNotice, ownPrivacy, exportOwn, askCorrection, askDeletion };
  const contracts = {
    ...openContracts,
    ...below,
    ...own,
    askPhoneCode,
    openSession,
    closeSession,
    readLink,
    answerLink,
  };
  const declared = Object.entries(contracts).map(([name, { method, path }]) => [name, [method, path]]);
  expect(endpoints).toEqual(Object.fromEntries(declared));
  expect(Object.keys(api).sort()).toEqual(Object.keys(contracts).sort());
});
