"""Sentences about tables, marked texts, notebooks and archives, in the form of `words_files`."""

from __future__ import annotations

ARCHIVE_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "csv": (
        "this is no CSV: {said}", "close every quote",
        "این CSV نیست: {said}", "همهٔ گیومه‌ها را ببندید",
    ),
    "csv-header": (
        "the first row names no column student, or two: {header}",
        "begin with student,name and the questions",
        "ردیف نخست ستون student ندارد، یا دو تا دارد: {header}",
        "با student,name و نام پرسش‌ها آغاز کنید",
    ),
    "csv-questions": (
        "no column is named like a question", "name the columns as the form does",
        "نام هیچ ستونی نام پرسش نیست", "ستون‌ها را مانند فرم نام‌گذاری کنید",
    ),
    "gradebook": (
        "this is a gradebook and no submission", "name the submissions",
        "این کارنامهٔ کلاس است، نه پاسخ‌نامه", "پاسخ‌نامه‌ها را نام ببرید",
    ),
    "csv-large": (
        "there are more than {rows} rows or {columns} columns", "hand in several files",
        "بیش از {rows} ردیف یا {columns} ستون هست", "چند پرونده بفرستید",
    ),
    "csv-cells": (
        "the row has {cells} cells and the header {columns}; it is not marked",
        "put answers that hold commas into quotes",
        "این ردیف {cells} خانه دارد و سرستون {columns} تا؛ تصحیح نمی‌شود",
        "پاسخی را که ویرگول دارد در گیومه بگذارید",
    ),
    "no-marks-md": (
        "there is no marked answer in it", "put each answer between ```answer q1a and ```",
        "هیچ پاسخ نشان‌داری در آن نیست", "هر پاسخ را میان ```answer q1a و ``` بگذارید",
    ),
    "no-marks-tex": (
        "there is no marked answer in it",
        "put each answer between \\begin{{answer}}{{q1a}} and \\end{{answer}}",
        "هیچ پاسخ نشان‌داری در آن نیست",
        "هر پاسخ را میان \\begin{{answer}}{{q1a}} و \\end{{answer}} بگذارید",
    ),
    "no-marks-ipynb": (
        "there is no marked cell in it", "answer in the cells of the form",
        "هیچ خانهٔ نشان‌داری در آن نیست", "در خانه‌های فرم پاسخ دهید",
    ),
    "no-question": (
        "an answer is marked without the name of its question", "write the question's name there",
        "پاسخی بی نام پرسش نشان شده است", "نام پرسش را همان‌جا بنویسید",
    ),
    "open": (
        "the answer to {question} has no end; it is not marked", "close it where it ends",
        "پاسخ {question} پایان ندارد و تصحیح نمی‌شود", "پایان آن را نشان کنید",
    ),
    "student-commands": (
        "\\student holds commands or has no end", "write the id alone: \\student{{40012345}}",
        "در \\student فرمان هست، یا پایان ندارد",
        "تنها شماره را بنویسید: \\student{{40012345}}",
    ),
    "no-notebook": (
        "this is no Jupyter notebook", "save it from Jupyter again",
        "این دفترچهٔ Jupyter نیست", "آن را دوباره از Jupyter ذخیره کنید",
    ),
    "notebook-version": (
        "this is a notebook of format {version}; only format 4 is read",
        "open it in Jupyter and save it again",
        "این دفترچه از قالب {version} است و تنها قالب 4 خوانده می‌شود",
        "آن را در Jupyter باز و دوباره ذخیره کنید",
    ),
    "bad-cell": (
        "this cell is damaged and left out", "answer in the cells of the form",
        "این خانه خراب است و کنار گذاشته شد", "در خانه‌های فرم پاسخ دهید",
    ),
    "zip": (
        "the zip is damaged: {said}", "hand it in again",
        "پروندهٔ zip خراب است: {said}", "آن را دوباره بفرستید",
    ),
    "zip-path": (
        "a path that leads out of the zip is not read", "zip the files by their names alone",
        "مسیری که از zip بیرون می‌رود خوانده نمی‌شود", "پرونده‌ها را با نام تنها فشرده کنید",
    ),
    "zip-name": (
        "a name in the zip is not UTF-8", "zip it again with UTF-8 names, or with Latin ones",
        "نامی در zip با UTF-8 نیست", "آن را با نام‌های UTF-8 یا لاتین دوباره فشرده کنید",
    ),
    "zip-locked": (
        "it is encrypted", "hand it in without a password",
        "رمز دارد", "بی رمز بفرستید",
    ),
    "zip-method": (
        "it is packed in a way that is not read", "zip it in the ordinary way",
        "با روشی فشرده شده است که خوانده نمی‌شود", "به شیوهٔ معمول فشرده کنید",
    ),
    "zip-bomb": (
        "it unpacks to more than {ratio} times its size and is not read", "zip the files again",
        "بیش از {ratio} برابر اندازه‌اش باز می‌شود و خوانده نمی‌شود",
        "پرونده‌ها را دوباره فشرده کنید",
    ),
    "zip-total": (
        "the zip unpacks to more than {limit} bytes; the rest of it is not read",
        "hand in several zips",
        "zip به بیش از {limit} بایت باز می‌شود؛ باقی آن خوانده نمی‌شود", "چند zip بفرستید",
    ),
    "zip-many": (
        "there are more than {limit} files in it", "hand in several zips",
        "بیش از {limit} پرونده در آن است", "چند zip بفرستید",
    ),
    "zip-nested": (
        "a zip in a zip in a zip is not read", "take it out of the outer one",
        "zip درون zip درون zip خوانده نمی‌شود", "آن را از zip بیرونی درآورید",
    ),
}  # fmt: skip
