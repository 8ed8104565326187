/**
 * What runs inside Thunderbird for a person who seals with a key of their own. Each is the body of an async function
 * whose arguments are in `args`.
 */

const opened = `
  const opened = () => new Promise(resolve => {
    Services.ww.registerNotification(function observer(subject, topic) {
      if (topic !== "domwindowopened") return;
      Services.ww.unregisterNotification(observer);
      resolve(subject);
    });
  });
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
`;

/** Makes a key as the key wizard does and takes it for the person's own; the public key, armored. args: address. */
export const makeKeyScript = `
  const [address] = args;
  const { RNP } = ChromeUtils.importESModule("chrome://openpgp/content/modules/RNP.sys.mjs");
  const { EnigmailKeyRing } = ChromeUtils.importESModule("chrome://openpgp/content/modules/keyRing.sys.mjs");
  const { OpenPGPMasterpass } = ChromeUtils.importESModule("chrome://openpgp/content/modules/masterpass.sys.mjs");
  const password = await OpenPGPMasterpass.retrieveOpenPGPPassword();
  const id = await RNP.genKey("Gina <" + address + ">", "ECC", 0, 3 * 365, password);
  await RNP.saveKeyRings();
  EnigmailKeyRing.clearCache();
  Services.prefs.setStringPref("mail.identity.id1.openpgp_key_id", id);
  // As «Require encryption» in the settings of the account.
  Services.prefs.setIntPref("mail.identity.id1.encryptionpolicy", 2);
  Services.prefs.setBoolPref("mail.identity.id1.sign_mail", true);
  Services.prefs.setBoolPref("mail.identity.id1.attachPgpKey", true);
  return RNP.getMultiplePublicKeys([], ["0x" + id], []);
`;

/** Writes a letter in the composer, which seals and signs it, and sends it. args: address, subject, text. */
export const sendSealedScript = `${opened}
  const [to, subject, text] = args;
  const create = (contract, type) => Cc["@mozilla.org/messengercompose/" + contract + ";1"].createInstance(type);
  const params = create("composeparams", Ci.nsIMsgComposeParams);
  params.composeFields = create("composefields", Ci.nsIMsgCompFields);
  params.composeFields.to = to;
  params.composeFields.subject = subject;
  params.type = Ci.nsIMsgCompType.New;
  params.format = Ci.nsIMsgCompFormat.PlainText;
  params.identity = MailServices.accounts.defaultAccount.identities[0];
  const composing = opened();
  MailServices.compose.OpenComposeWindowWithParams(null, params);
  const composer = await composing;
  await new Promise(resolve => composer.addEventListener("compose-editor-ready", resolve, { once: true, capture: true }));
  composer.gMsgCompose.editor.insertText(text);
  // Its buttons take the settings of the account a moment after the editor is there.
  while (!(composer.gSendEncrypted && composer.gSendSigned && composer.gEncryptSubject))
    await new Promise(resolve => composer.setTimeout(resolve, 20));
  const closed = new Promise(resolve => composer.addEventListener("unload", resolve, { once: true }));
  composer.goDoCommand("cmd_sendNow");
  await closed;
`;

/** Opens the newest message of the inbox, sealed as it is, and tells what its window shows. */
export const readSealedScript = `${opened}
  const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  const server = MailServices.accounts.accounts.map(one => one.incomingServer).find(one => one.type === "imap");
  const inbox = server.rootFolder.descendants.find(folder => folder.name === "INBOX" || folder.name === "Inbox");
  const newest = () => [...inbox.messages].at(-1);
  await new Promise(resolve => inbox.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, {
    QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
    OnStartRunningUrl() {},
    OnStopRunningUrl: resolve,
  }));
  const opening = opened();
  MailUtils.openMessageInNewWindow(newest());
  const shown = await opening;
  await new Promise(resolve => shown.addEventListener("MsgLoaded", resolve, { once: true, capture: true }));
  const page = shown.document.getElementById("messageBrowser").contentDocument;
  const icon = id => /message-[a-z]+-([a-z]+)\\.svg$/.exec(page.getElementById(id).getAttribute("src") ?? "")?.[1] ?? "none";
  while (icon("encryptedHdrIcon") === "none" || icon("signedHdrIcon") === "none") await new Promise(resolve => setTimeout(resolve, 20));
  const answer = {
    subject: page.getElementById("expandedsubjectBox").value.textContent,
    text: page.getElementById("messagepane").contentDocument.querySelector(".moz-text-plain")?.textContent ?? "",
    encrypted: icon("encryptedHdrIcon"),
    signed: icon("signedHdrIcon"),
  };
  shown.close();
  return answer;
`;
