/**
 * What runs inside Thunderbird, with its own modules. Each is the body of an async function whose arguments are in
 * `args`.
 */

/**
 * Imports a secret key as the key manager does and takes it for the person's own. args: armored block, passphrase, full
 * fingerprint.
 */
export const importSecretKeyScript = `
  const [block, passphrase, fingerprint] = args;
  const { RNP } = ChromeUtils.importESModule("chrome://openpgp/content/modules/RNP.sys.mjs");
  const { EnigmailKeyRing } = ChromeUtils.importESModule("chrome://openpgp/content/modules/keyRing.sys.mjs");
  const { PgpSqliteDb2 } = ChromeUtils.importESModule("chrome://openpgp/content/modules/sqliteDb.sys.mjs");
  let asked = 0;
  const answer = (win, prompt, flags) => {
    flags.canceled = asked++ > 0;
    return passphrase;
  };
  const result = await RNP.importSecKeyBlockImpl(null, answer, false, block);
  EnigmailKeyRing.clearCache();
  await PgpSqliteDb2.acceptAsPersonalKey(fingerprint);
  Services.prefs.setStringPref("mail.identity.id1.openpgp_key_id", fingerprint.slice(-16).toUpperCase());
  return { imported: result.importedKeys, error: result.errorMsg };
`;

/**
 * Imports a public key and accepts it for its addresses. args: armored block, «undecided», «unverified» or «verified».
 */
export const importPublicKeyScript = `
  const [block, acceptance] = args;
  const { EnigmailKeyRing } = ChromeUtils.importESModule("chrome://openpgp/content/modules/keyRing.sys.mjs");
  const problem = {}, imported = {};
  await EnigmailKeyRing.importKeyAsync(null, false, block, false, "", problem, imported, false, [], acceptance);
  return { imported: imported.value ?? [], error: problem.value ?? "" };
`;

/** Opens a saved message as a double click on its file does and tells what the window shows. args: path. */
export const openMailScript = `
  const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(args[0]);
  const opened = new Promise(resolve => {
    Services.ww.registerNotification(function observer(subject, topic) {
      if (topic !== "domwindowopened") return;
      Services.ww.unregisterNotification(observer);
      resolve(subject);
    });
  });
  MailUtils.openEMLFile(Services.wm.getMostRecentWindow("mail:3pane"), file, Services.io.newFileURI(file));
  const shown = await opened;
  await new Promise(resolve => shown.addEventListener("MsgLoaded", resolve, { once: true, capture: true }));
  const page = shown.document.getElementById("messageBrowser").contentDocument;
  const element = id => page.getElementById(id);
  const icon = id => /message-[a-z]+-([a-z]+)\\.svg$/.exec(element(id).getAttribute("src") ?? "")?.[1] ?? "none";
  // The verdict comes by itself, now or later, and no event tells of it. Flags of 0: Thunderbird has nothing to show
  // for the mail.
  const { Enigmail } = page.defaultView;
  const judged = () => icon("encryptedHdrIcon") !== "none" || (Enigmail.hdrView.receivedStatusFromParts.size > 0 && Number(Enigmail.msg.securityInfo?.statusFlags ?? NaN) === 0);
  while (!judged()) await new Promise(resolve => shown.setTimeout(resolve, 20));
  await Enigmail.msg.loadOpenPgpMessageSecurityInfo();
  return {
    subject: element("expandedsubjectBox").value.textContent,
    from: element("expandedfromBox").querySelector(".recipient-single-line").textContent,
    text: element("messagepane").contentDocument.querySelector(".moz-text-plain")?.textContent ?? "",
    encrypted: icon("encryptedHdrIcon"),
    signed: icon("signedHdrIcon"),
    explained: element("signatureExplanation").textContent,
  };
`;

/** A picture of the message window: a PNG in base64. */
export const picturedMailScript = `
  const shown = Services.wm.getMostRecentWindow("mail:messageWindow");
  const picture = await shown.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
  const canvas = shown.document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
`;

/** Closes the message window. */
export const closeMailScript = `Services.wm.getMostRecentWindow("mail:messageWindow").close();`;
