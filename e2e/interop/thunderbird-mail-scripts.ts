/**
 * What runs inside Thunderbird on an IMAP account, with its own modules. Each is the body of an async function whose
 * arguments are in `args`.
 */

const mail = `
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const server = MailServices.accounts.accounts.map(one => one.incomingServer).find(one => one.type === "imap");
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  // Of much that Thunderbird does by itself no event tells.
  const until = async look => {
    for (;;) {
      const found = look();
      if (found) return found;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  const main = await until(() => Services.wm.getMostRecentWindow("mail:3pane"));
  await until(() => main.msgWindow);
  const folderOf = name => server.rootFolder.descendants.find(folder => folder.name === name || folder.URI.endsWith("/" + name));
  const update = folder => new Promise((resolve, reject) => folder.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, {
    QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
    OnStartRunningUrl() {},
    OnStopRunningUrl(url, status) { if (status === 0) resolve(); else reject(new Error("status " + status.toString(16))); },
  }));
  const find = (folder, subject) => [...folder.messages].find(header => header.mime2DecodedSubject === subject);
  const copied = start => new Promise((resolve, reject) => start({
    QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
    onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId() {},
    onStopCopy(status) { if (status === 0) resolve(); else reject(new Error("status " + status.toString(16))); },
  }));
`;

/** Keeps the password and logs in; the names of all folders. args: user, password, host. */
export const logInScript = `${mail}
  const [user, password, host = "127.0.0.1"] = args;
  for (const url of ["imap://" + host, "smtp://" + host]) {
    const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
    login.init(url, null, url, user, password, "", "");
    await Services.logins.addLoginAsync(login);
  }
  server.password = password;
  // It starts off line, as all tests of it do, and is on line from here on.
  Services.io.offline = false;
  server.performExpand(main.msgWindow);
  await until(() => folderOf("Trash") && folderOf("Archive"));
  await update(folderOf("INBOX"));
  return server.rootFolder.descendants.map(folder => folder.name);
`;

/** The messages of a folder after an update. args: name of the folder. */
export const listFolderScript = `${mail}
  const folder = folderOf(args[0]);
  await update(folder);
  return [...folder.messages].map(header => ({
    uid: header.messageKey,
    subject: header.mime2DecodedSubject,
    from: header.mime2DecodedAuthor,
    read: header.isRead,
    flagged: header.isFlagged,
    replied: Boolean(header.flags & Ci.nsMsgMessageFlags.Replied),
  }));
`;

/** Opens a message in a window of its own and tells what that shows. args: name of the folder, subject. */
export const readMessageScript = `${mail}
  const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
  const header = find(folderOf(args[0]), args[1]);
  const opened = new Promise(resolve => {
    Services.ww.registerNotification(function observer(subject, topic) {
      if (topic !== "domwindowopened") return;
      Services.ww.unregisterNotification(observer);
      resolve(subject);
    });
  });
  MailUtils.openMessageInNewWindow(header);
  const shown = await opened;
  await new Promise(resolve => shown.addEventListener("MsgLoaded", resolve, { once: true, capture: true }));
  const page = shown.document.getElementById("messageBrowser").contentDocument;
  const answer = {
    subject: page.getElementById("expandedsubjectBox").value.textContent,
    text: page.getElementById("messagepane").contentDocument.querySelector(".moz-text-plain")?.textContent ?? "",
  };
  shown.close();
  await until(() => header.isRead);
  return answer;
`;

/** Answers a message by the composer. args: name of the folder, subject, text. */
export const replyScript = `${mail}
  const folder = folderOf(args[0]);
  const header = find(folder, args[1]);
  const { identities } = MailServices.accounts.defaultAccount;
  const composing = new Promise(resolve => {
    Services.ww.registerNotification(function observer(subject, topic) {
      if (topic !== "domwindowopened") return;
      Services.ww.unregisterNotification(observer);
      resolve(subject);
    });
  });
  MailServices.compose.OpenComposeWindow(null, header, folder.getUriForMsg(header), Ci.nsIMsgCompType.ReplyToSender,
    Ci.nsIMsgCompFormat.PlainText, identities[0], null, main.msgWindow);
  const composer = await composing;
  await new Promise(resolve => composer.addEventListener("compose-editor-ready", resolve, { once: true, capture: true }));
  composer.gMsgCompose.editor.insertText(args[2]);
  const closed = new Promise(resolve => composer.addEventListener("unload", resolve, { once: true }));
  composer.goDoCommand("cmd_sendNow");
  await closed;
`;

/** Moves a message, as dragging it does. args: name of the folder, subject, name of the other folder. */
export const moveScript = `${mail}
  const [from, to] = [folderOf(args[0]), folderOf(args[2])];
  await copied(listener => MailServices.copy.copyMessages(from, [find(from, args[1])], to, true, listener, main.msgWindow, false));
`;

/** Deletes a message, as its key does. args: name of the folder, subject. */
export const deleteScript = `${mail}
  const folder = folderOf(args[0]);
  await copied(listener => folder.deleteMessages([find(folder, args[1])], main.msgWindow, false, false, listener, false));
`;

/** Subjects of the messages with a word in their bodies, as the server finds them. args: name of the folder, word. */
export const searchScript = `${mail}
  const session = Cc["@mozilla.org/messenger/searchSession;1"].createInstance(Ci.nsIMsgSearchSession);
  session.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, folderOf(args[0]));
  const term = session.createTerm();
  const value = term.value;
  value.attrib = term.attrib = Ci.nsMsgSearchAttrib.Body;
  value.str = args[1];
  term.value = value;
  term.op = Ci.nsMsgSearchOp.Contains;
  session.appendTerm(term);
  const found = [];
  await new Promise(resolve => {
    session.registerListener({
      onSearchHit(header) { found.push(header.mime2DecodedSubject); },
      onSearchDone: resolve,
      onNewSearch() {},
    });
    session.search(main.msgWindow);
  });
  return found.sort();
`;

/** Resolves once a folder that nobody updates has a message with this subject. args: name of the folder, subject. */
export const awaitMessageScript = `${mail}
  await until(() => find(folderOf(args[0]), args[1]));
`;
